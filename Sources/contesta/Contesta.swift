import ArgumentParser
import DeskCommands

@main
enum Contesta {
    static func main() async {
        await ContestaCommand.main()
    }
}
