package dev.tophalf.shell.grade;

import java.util.List;
import java.util.Map;

/**
 * An exercise's specs, ready to be run.
 *
 * @param classes the bytes of each class by its name
 * @param specs the names of the classes to run
 * @param features the names of their features
 */
record CompiledSpecs(Map<String, byte[]> classes, List<String> specs, List<String> features) {}
