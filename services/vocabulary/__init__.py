"""The domain's types and the error tree: frozen values, no I/O, no import of ours.

Times are seconds from the start of the recording, as floats. Segment ids are the segment's index in its transcript.
"""
