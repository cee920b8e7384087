"""``python -m locales`` renews the catalogues; ``--check`` only looks for what is missing."""

from locales.catalogues import main

main()
