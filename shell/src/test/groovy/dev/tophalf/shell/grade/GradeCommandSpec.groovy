package dev.tophalf.shell.grade

import dev.tophalf.shell.world.DriverLimits
import java.nio.file.Files
import java.nio.file.Path
import picocli.CommandLine
import spock.lang.Specification
import spock.lang.TempDir

class GradeCommandSpec extends Specification {
    @TempDir
    Path folder

    private final List<String> said = []

    private int grade(Object... words) {
        def command = new CommandLine(new GradeCommand({ DriverLimits.DEFAULT }))
        command.executionExceptionHandler = { mistake, line, parsed -> said << mistake.message; 2 }
        command.parameterExceptionHandler = { mistake, parsed -> said << mistake.message; 2 }
        command.execute(words*.toString() as String[])
    }

    def "a missing submission is found before anything is judged"() {
        expect:
        grade(folder, folder.resolve('a.groovy')) == 2
        said == ["$folder/a.groovy: no such file"]
    }

    def "a folder is no submission"() {
        expect:
        grade(folder, folder) == 2
        said == ["$folder: is a directory"]
    }

    def "#option #value is refused"() {
        given:
        def driver = Files.writeString(folder.resolve('a.groovy'), '')

        expect:
        grade(option, value, folder, driver) == 2
        said == ["Invalid value for option '$option': $complaint"]

        where:
        option      | value  || complaint
        '--format'  | 'xml'  || "'xml' is neither text nor json"
        '--timeout' | '0'    || "'0' is not a number from 1 to 3600"
        '--heap'    | '8'    || "'8' is not a number from 64 to 65536"
        '--jobs'    | 'many' || "'many' is not a number from 1 to 256"
    }
}
