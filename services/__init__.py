"""What Earshot does, one room per capability. Imports run one way; `pyproject.toml` holds the contract."""
