package dev.tophalf.shell.grade

import dev.tophalf.shell.world.WorldException
import java.nio.file.Files
import java.nio.file.Path
import spock.lang.Specification
import spock.lang.TempDir

class ExerciseReaderSpec extends Specification {
    static final String RUBRIC = '''
        rubric:
          - {id: a, title: counts, points: 2, features: [one, two]}
          - {id: b, title: unloads, points: 3, visibility: hidden, features: [three]}
        '''.stripIndent()

    @TempDir
    Path folder

    private Exercise read(String yaml) {
        Files.createDirectories(folder.resolve('wrong'))
        ['m.dts', 'ASpec.groovy', 'BSpec.groovy', 'solution.groovy', 'wrong/w.groovy'].each {
            Files.writeString(folder.resolve(it), '')
        }
        Files.writeString(folder.resolve('exercise.yaml'), yaml)
        ExerciseReader.read(folder)
    }

    def "an exercise is what its exercise.yaml says"() {
        when:
        def exercise = read("title: Buttons\nmachine: m.dts\ntimeout: 7\nheap: 100\n$RUBRIC" +
                'answers:\n  solution.groovy: []\n  wrong/w.groovy: [b]\n')

        then:
        exercise.title() == 'Buttons'
        exercise.machine() == folder.resolve('m.dts')
        exercise.limits() == new Limits(7, 100)
        exercise.rubric() == [
            new RubricItem('a', 'counts', 2, false, ['one', 'two']),
            new RubricItem('b', 'unloads', 3, true, ['three']),
        ]
        exercise.points() == 5
        exercise.answers() == ['solution.groovy': [], 'wrong/w.groovy': ['b']]
        exercise.specs()*.fileName*.toString() == ['ASpec.groovy', 'BSpec.groovy']
    }

    def "limits have usual values"() {
        expect:
        read("title: t\nmachine: m.dts\n$RUBRIC").limits() == Limits.USUAL
    }

    def "a bad exercise.yaml is refused with a line that says #complaint"() {
        when:
        read(yaml.contains('rubric') ? yaml : yaml + RUBRIC)

        then:
        WorldException refused = thrown()
        refused.message.replace(folder.toString(), '.') == './exercise.yaml:' + complaint

        where:
        yaml                                              || complaint
        'title: t\nmachine: m.dts\ntimeout: soon'         ||
                "3: 'timeout' is 'soon'; accepted is a whole number from 1 to 3600"
        'title: t\nmachine: m.dts\ntimeout: 0'            ||
                "3: 'timeout' is '0'; accepted is a whole number from 1 to 3600"
        'title: t\nmachine: m.dts\nheap: [1]'             ||
                "3: 'heap' is a list; accepted is a whole number from 64 to 65536"
        'title:\nmachine: m.dts'                          || "1: 'title' is empty; accepted is a text"
        'machine: m.dts'                                  || "1: 'title' is missing"
        'title: t\nmachine: n.dts'                        || '2: there is no machine description ./n.dts'
        'title: t\nmachine: m.dts\ntimeuot: 3'            ||
                "3: unknown key 'timeuot'; accepted are title, machine, timeout, heap, rubric, answers"
        'title: t\ntitle: u\nmachine: m.dts'              || "2: 'title' is given twice"
        'title: "t\nmachine: m.dts'                       || '6: is not YAML: found unexpected end of stream'
        'title: t\nmachine: m.dts\nrubric: []'            || '3: the rubric is empty; it has to have one item at least'
        'title: t\nmachine: m.dts\nrubric: 3'             || "3: 'rubric' is '3'; accepted is a list"
        'title: t\nmachine: m.dts\nrubric:\n  - 7'        ||
                "4: entry 1 of 'rubric' is '7'; accepted is a table with id, title, points, visibility, features"
        item('points: two')                               ||
                "4: 'points' in entry 1 of 'rubric' is 'two'; accepted is a whole number from 1 to 1000"
        item('points: 2, visibility: secret')             ||
                "4: 'visibility' in entry 1 of 'rubric' is 'secret'; accepted is visible or hidden"
        item('point: 2')                                  ||
                "4: unknown key 'point' in entry 1 of 'rubric'; accepted are id, title, points, visibility, features"
        item('points: 2', '[]')                           || "4: no feature proves 'a'; name one at least"
        item('points: 2') + '\n' + line('points: 2')      || "5: two rubric items have the id 'a'"
        item('points: 2') + '\nanswers: {x.groovy: []}'   || '5: there is no answer ./x.groovy'
        item('points: 2') + '\nanswers: {solution.groovy: [c]}' ||
                "5: entry 1 of 'solution.groovy' in 'answers' is 'c'; accepted is a"
    }

    private static String item(String fields, String features = '[f]') {
        'title: t\nmachine: m.dts\nrubric:\n' + line(fields, features)
    }

    private static String line(String fields, String features = '[f]') {
        "  - {id: a, title: counts, $fields, features: $features}"
    }

    def "what is no exercise is refused"() {
        when:
        ExerciseReader.read(folder)

        then:
        WorldException refused = thrown()
        refused.message == "$folder: is no exercise, it has no exercise.yaml"
    }

    def "an exercise needs a spec"() {
        given:
        Files.writeString(folder.resolve('exercise.yaml'), "title: t\nmachine: m.dts\n$RUBRIC")
        Files.writeString(folder.resolve('m.dts'), '')

        when:
        ExerciseReader.read(folder)

        then:
        WorldException refused = thrown()
        refused.message == "$folder: has no spec; an exercise is judged by files named *Spec.groovy"
    }
}
