package io.github.kubewicket.demo.tour;

/// Who and what is on the stage.
///
/// @param agent talks to the server
/// @param person sits at a terminal
/// @param screen shows all of it to the reader
record Stage(Agent agent, Person person, Screen screen) {}
