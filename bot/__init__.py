"""The process: command line, settings, composition, server."""
