"""Quality as numbers: our real code over an evaluation folder, judged by the scorer that stands in it."""
