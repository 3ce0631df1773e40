"""Facts to the resolved program: every name bound, every expression typed, bodies reduced to instructions."""
