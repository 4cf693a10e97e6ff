"""Local stand-ins for the outside world, so that the whole product can be tried with nothing else."""
