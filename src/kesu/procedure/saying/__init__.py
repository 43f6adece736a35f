"""Sentences in Chinese and English, made from templates and typed slots."""
