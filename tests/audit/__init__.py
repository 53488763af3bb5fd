"""What the program is made of, and what must not lie in the repository: licences, secrets, advisories (`make audit`)."""
