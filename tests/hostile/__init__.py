"""What comes from those who don't belong: forged and malformed calls by the thousand, a part of them as tests."""
