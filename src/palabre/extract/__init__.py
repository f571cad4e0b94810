"""One file per kind of annotation, each a pure function of a reading."""
