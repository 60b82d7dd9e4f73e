"""Drives a release build of Contesta and the floors it is measured against. See docs/performance.md."""
