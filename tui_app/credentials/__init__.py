"""Partner and user token: environment, OS keyring, this run only, or a file by consent."""
