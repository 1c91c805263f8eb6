"""Answers the operator: is all well here, and why did somebody get no reminder?"""
