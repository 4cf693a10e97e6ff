"""The story of each job, on the durable engine: the only room that knows DBOS.

A workflow's body reads like the sentence that describes it. Its steps call services, and keys and small values pass
between them, never bytes. What a workflow is asked for is a plain dict of a type in `requests`.
"""
