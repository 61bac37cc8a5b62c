"""What a model call costs, by the price list that comes with genai-prices; it asks no network."""

from genai_prices import Usage, calc_price
from langchain_core.messages.ai import UsageMetadata

_LISTED_AS = {"azure_openai": "azure", "google_genai": "google", "mistralai": "mistral"}


def price(provider: str, model: str, base_url: str, usage: UsageMetadata) -> float | None:
    """The price in US dollars; None when the list does not have the model or the server."""
    tokens = Usage(
        input_tokens=usage["input_tokens"],
        output_tokens=usage["output_tokens"],
        cache_read_tokens=usage.get("input_token_details", {}).get("cache_read"),
    )
    try:
        if base_url:
            return float(calc_price(tokens, model, provider_api_url=base_url).total_price)
        listed = _LISTED_AS.get(provider, provider)
        return float(calc_price(tokens, model, provider_id=listed).total_price)
    except LookupError:
        return None
