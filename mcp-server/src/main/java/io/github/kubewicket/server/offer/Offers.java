package io.github.kubewicket.server.offer;

/// All that a client is offered besides tools.
public record Offers(Resources resources, Prompts prompts, Completions completions) {}
