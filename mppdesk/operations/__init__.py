"""One function per thing a person does; the transaction begins and ends here."""
