"""The content of the workbench's pages, asked of the database page by page. Typed, without formatting."""
