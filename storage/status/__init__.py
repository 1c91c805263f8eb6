"""Reports, published in one transaction and frozen."""
