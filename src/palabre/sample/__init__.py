"""Texts written for Palabre, to try it on and to show it: invented outlets, public facts."""
