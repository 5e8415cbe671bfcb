"""The tab 问答: questions, answers, what is kept of them."""
