"""How people use Palabre: the command line and, later, the web workbench."""
