"""The browser chat's routes and pages."""
