"""The running service: the only place that joins the rest."""
