"""The workbench in the browser: thin routes, templates, and the few scripts they use. No request leaves the machine."""

from palabre.ui.web.app import create_app

__all__ = ["create_app"]
