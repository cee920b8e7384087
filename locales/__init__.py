"""German and English: catalogues, formats and the words people ask with."""
