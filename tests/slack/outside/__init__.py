"""Slack's own JavaScript, Slack's own types and another stand-in, against which the local Slack is held."""
