"""Documents as pages of their own."""
