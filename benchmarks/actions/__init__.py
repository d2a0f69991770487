"""What verifying and booking actions costs beside a bare equivalent."""
