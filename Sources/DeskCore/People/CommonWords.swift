/// What people make passwords of, in the languages of the desk: small letters, no accents.
enum CommonWords {
    static let text = """
        password passwd passw pass contrasena contrasenia contra clave claves clavesecreta micontrasena miclave senha senhas minhasenha
        segredo secreto secreta secret letmein letmeinnow welcome bienvenido bienvenida bienvenidos bemvindo admin administrador
        administrator administradora root toor guest invitado usuario usuaria user username login acceso access entrar entrada default
        changeme cambiame cambiar cambio test testing tester prueba pruebas teste temporal temp demo ejemplo example sample nueva nuevo
        master maestro super superman superuser batman spiderman ironman pokemon pikachu naruto goku dragonball dragon starwars
        princesa princess princes reina rey king queen angel angeles angelito angelita diablo demonio dios diosesamor jesus jesuscristo
        jesucristo cristo maria virgenmaria sanjose amen bendicion bendiciones iglesia fe esperanza paz peace luz vida mivida lavida life
        amor amorcito amormio miamor teamo tequiero tequieromucho teamomucho teamare meuamor euteamo amore love lover loveyou iloveyou
        ilovey lovely loveme mylove forever parasiempre siempre besos beso besitos corazon coracao heart cielo micielo bebe bebito nene
        nena hijo hija hijos mishijos mihijo mihija filho filha filhos familia mifamilia family mama mami mamita mimama papa papi papito
        mother father mae pai abuela abuelo hermano hermana hermanos brother sister amigo amiga amigos amigas amigo friend friends
        hola holahola chau adios hello helloworld goodbye buenosdias buenas gracias obrigado obrigada thanks please porfavor
        sol luna estrella estrellas star stars sunshine sun moon mar playa beach verano summer invierno winter primavera spring otono
        autumn enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre janeiro fevereiro marco maio
        junho julho setembro outubro novembro dezembro january february march april june july august september october november december
        lunes martes miercoles jueves viernes sabado domingo segunda terca quarta quinta sexta monday tuesday wednesday thursday friday
        saturday sunday argentina mexico colombia chile espana peru uruguay paraguay bolivia ecuador venezuela brasil brazil portugal
        america europa madrid barcelona sevilla valencia bilbao buenosaires cordoba rosario mendoza bogota medellin cali santiago lima
        caracas montevideo asuncion lisboa porto saopaulo riodejaneiro salvador london paris newyork
        futbol football soccer boca bocajuniors river riverplate racing independiente sanlorenzo newells rosariocentral talleres
        realmadrid barca fcbarcelona atletico betis america chivas cruzazul pumas tigres monterrey nacional millonarios santafe
        colocolo flamengo corinthians palmeiras santos saopaulofc gremio internacional vasco fluminense botafogo cruzeiro liverpool
        chelsea arsenal manchester messi lionelmessi maradona ronaldo neymar ronaldinho pele
        perro perrito gato gatito gatita cachorro dog doggy cat kitty kitten tiger tigre leon lion lobo wolf osos oso caballo horse
        mariposa butterfly delfin dolphin pajaro aguila eagle conejo conejito raton mono monkey panda elefante
        azul rojo verde negro blanco amarillo rosa rosado morado violeta naranja gris blue red green black white yellow purple orange
        pink silver gold dorado plata chocolate caramelo azucar sugar cookie cookies cafe coffee pizza cerveza beer vino fresa banana
        manzana apple cherry queso jamon asado empanada mate pan helado
        trabajo oficina empresa negocio tienda ventas soporte cliente clientes secretaria contabilidad gerencia gerente jefe jefa
        company office work business store shop support sales info contact contacto whatsapp facebook instagram google gmail hotmail
        outlook yahoo internet computadora computador ordenador celular telefono mobile iphone samsung android windows microsoft
        linux ubuntu debian server servidor database network wifi router contesta
        juan juancarlos juanjose jose joseluis josemaria luis carlos jorge pedro pablo diego daniel david miguel miguelangel manuel
        antonio francisco javier fernando alejandro eduardo ricardo roberto sergio martin gabriel rafael ramon andres sebastian nicolas
        santiago mateo lucas matias tomas bruno joao paulo marcos felipe rodrigo gustavo leonardo marcelo alberto oscar victor hugo
        mariana ana anamaria anita luisa laura lucia paula carla karla claudia sandra andrea patricia monica veronica gabriela daniela
        valentina camila sofia isabel isabella martina julia juliana catalina carolina fernanda adriana alejandra natalia silvia rosa
        carmen teresa pilar marta cristina beatriz elena eva sara raquel michael jessica ashley jennifer nicole amanda robert thomas
        charlie jordan harley buster hunter ranger shadow ginger pepper maggie bailey trustno trustnoone whatever nothing nada nadie
        todo todos everything freedom libertad libre happy feliz felicidad alegria suerte lucky fortuna dinero money plata rico rica
        millonario cash poder power fuerza force guerrero warrior ninja samurai pirata pirate hacker hackers matrix killer muerte death
        sexy sexo sex bonita bonito linda lindo hermosa hermoso guapa guapo preciosa beautiful pretty baby babygirl babyboy sweet sweety
        music musica rock metallica nirvana guitarra guitar baile dance futbolista jugador player game gamer games juego juegos
        minecraft fortnite mario zelda playstation nintendo xbox baseball basketball hockey tennis golf mustang ferrari porsche mercedes
        toyota honda nissan corvette camaro moto coche carro auto
        qwerty qwert qwertyui qwertyuiop asdf asdfg asdfgh asdfghjkl zxcv zxcvb zxcvbn zxcvbnm azerty abc abcd abcde abcdef abcdefg aaaa
        nose nolose olvide olvidada olvidado acuerdo recordar remember forget forgot correcto correct horse battery staple
        seguridad seguro segura security secure privado privada private confidencial
        """
}
