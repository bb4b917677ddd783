"""The laboratory: small real ResNets, trained and measured. Usable without the app."""
