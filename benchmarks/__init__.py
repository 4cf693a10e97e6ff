"""Speed and quality, measured on the real code."""
