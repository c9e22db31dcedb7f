"""The books as the office reads them."""
