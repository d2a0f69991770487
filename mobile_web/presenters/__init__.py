"""From values to what is read: numbers, dates and words in the language of the page. Templates do no arithmetic."""
