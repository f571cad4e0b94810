"""The sample dossier shipped with the package: texts and a manifest, no code. Nothing is read from here but by `demo`."""
