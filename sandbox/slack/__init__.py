"""A truthful local Slack: Web API, Socket Mode, files and interactivity in one process. README.md has the protocol."""
