"""Speed and memory of the product as people use it, beside what they would use instead."""
