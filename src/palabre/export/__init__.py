"""One file per format, consuming what the register gives. Nothing is worked out here."""
