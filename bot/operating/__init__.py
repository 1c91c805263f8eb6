"""What the operator asks: is all well here, and why did somebody get no reminder?"""
