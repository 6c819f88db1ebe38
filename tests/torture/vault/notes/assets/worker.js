canary(139)
