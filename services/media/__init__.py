"""A Slack file in, a recording we hold out; and a recording in, sound ready for recognition out."""
