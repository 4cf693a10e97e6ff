"""What a statement rests on: sentences, terms, vectors and citations of a transcript, and the checker. Pure code.

`splitting` cuts text into sentences and `sentences` a transcript; `tidying` makes spoken words readable. `terms` and
`lexicon` match text by its words, `embeddings` by its meaning; `queries` reads a question and `retrieval` finds the
part of a recording that it is about. `citations` and `checker` tie statements to segments.
"""
