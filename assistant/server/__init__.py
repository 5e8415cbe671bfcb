"""The assistant for other programs: tools over MCP, and an HTTP interface with doors for OpenAI's clients and Dify."""
