"""The program under kills, repeats, faults of providers and of databases (`make torture`), a part of it as tests."""
