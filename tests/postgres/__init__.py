"""PostgreSQL for tests, and what is proved on it alone."""
