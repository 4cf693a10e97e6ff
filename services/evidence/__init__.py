"""What a statement rests on: sentences, terms, vectors and citations of a transcript, and the checker. Pure code.

`splitting` cuts text into sentences, `sentences` a transcript; `tidying` makes spoken words readable; `terms`, `bm25`
and `embeddings` match text by words and by meaning; `citations` and `checker` tie statements to segments; `retrieval` finds
the part of a recording that a question is about.
"""
