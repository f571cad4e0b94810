"""Where texts come from: one file per kind of source, each turning bytes into raw documents."""
