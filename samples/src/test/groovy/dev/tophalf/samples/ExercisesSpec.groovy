package dev.tophalf.samples

import dev.tophalf.shell.Main
import java.nio.file.Files
import java.nio.file.Path
import org.snakeyaml.engine.v2.api.Load
import org.snakeyaml.engine.v2.api.LoadSettings
import spock.lang.Specification
import spock.lang.Unroll
import tools.jackson.databind.JsonNode
import tools.jackson.databind.json.JsonMapper

/** Every answer in an exercise's folder earns what {@code exercise.yaml} says that it deserves. */
class ExercisesSpec extends Specification {
    private static List<Path> exercises() {
        Files.list(Path.of('exercises')).withCloseable { folders ->
            folders.filter { Files.exists(it.resolve('exercise.yaml')) }.sorted().toList()
        }
    }

    private static Map description(Path exercise) {
        new Load(LoadSettings.builder().build()).loadFromString(Files.readString(exercise.resolve('exercise.yaml'))) as Map
    }

    private static JsonNode grade(Path exercise, Collection<String> answers) {
        def out = new StringWriter()
        def err = new StringWriter()
        def words = ['grade', '--format', 'json', exercise, *answers.collect { exercise.resolve(it) }]
        int status = Main.run(words*.toString() as String[], new PrintWriter(out), new PrintWriter(err))
        assert status < 2 : err
        new JsonMapper().readTree(out.toString())
    }

    private static List<String> missed(JsonNode submission) {
        submission.get('items').findAll { it.get('points').asInt() == 0 }.collect { it.get('id').asString() }
    }

    @Unroll('#exercise.fileName')
    def "every answer earns what it deserves"() {
        given:
        Map<String, List<String>> answers = description(exercise).answers

        when:
        def marks = grade(exercise, answers.keySet()).get('submissions')

        then:
        marks.every { it.get('outcome').asString() != 'broken' }
        marks.collectEntries { [exercise.relativize(Path.of(it.get('file').asString())).toString(), missed(it)] } == answers

        where:
        exercise << exercises()
    }

    @Unroll('#exercise.fileName')
    def "every answer is in the table"() {
        when:
        def drivers = Files.walk(exercise).withCloseable { files ->
            files.filter { it.toString().endsWith('.groovy') && !it.toString().endsWith('Spec.groovy') }
                    .map { exercise.relativize(it).toString() }
                    .toList()
        }

        then:
        drivers.toSet() == description(exercise).answers.keySet()

        where:
        exercise << exercises()
    }
}
