"""Speed as felt: real Chromium on a simulated slow phone, `make phone`. The figures stand in docs/performance.md."""
