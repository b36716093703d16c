/**
 * Slack's names of standard emoji that people use in a status, with their code points in Slack's spelling. Not the whole set: a name outside it is,
 * like a typing mistake, `profile_status_set_failed_not_valid_emoji`.
 */
const TABLE = `
speech_balloon 1f4ac|calendar 1f4c6|spiral_calendar_pad 1f5d3-fe0f|date 1f4c5|bus 1f68c|train 1f68b|car 1f697|bike 1f6b2|walking 1f6b6|airplane 2708-fe0f
house 1f3e0|house_with_garden 1f3e1|office 1f3e2|palm_tree 1f334|beach_with_umbrella 1f3d6-fe0f|desert_island 1f3dd-fe0f|tent 26fa|face_with_thermometer 1f912
pill 1f48a|hospital 1f3e5|headphones 1f3a7|musical_note 1f3b5|notes 1f3b6|microphone 1f3a4|studio_microphone 1f399-fe0f|telephone_receiver 1f4de|phone 260e-fe0f|iphone 1f4f1
computer 1f4bb|desktop_computer 1f5a5-fe0f|keyboard 2328-fe0f|books 1f4da|book 1f4d6|memo 1f4dd|pencil 1f4dd|pencil2 270f-fe0f|bulb 1f4a1|brain 1f9e0|dart 1f3af|rocket 1f680
fire 1f525|construction 1f6a7|hammer 1f528|hammer_and_wrench 1f6e0-fe0f|wrench 1f527|gear 2699-fe0f|lock 1f512|bug 1f41b|test_tube 1f9ea|microscope 1f52c|chart_with_upwards_trend 1f4c8
coffee 2615|tea 1f375|beer 1f37a|wine_glass 1f377|pizza 1f355|hamburger 1f354|sandwich 1f96a|green_salad 1f957|fork_and_knife 1f374|knife_fork_plate 1f37d-fe0f|ramen 1f35c|sushi 1f363|cake 1f370|doughnut 1f369
red_circle 1f534|large_yellow_circle 1f7e1|large_green_circle 1f7e2|large_blue_circle 1f535|white_circle 26aa|no_entry 26d4|no_entry_sign 1f6ab|no_bell 1f515|bell 1f514|mute 1f507|zzz 1f4a4
sleeping 1f634|smile 1f604|grinning 1f600|slightly_smiling_face 1f642|sunglasses 1f60e|thinking_face 1f914|wave 1f44b|raised_hand 270b|hand 270b|+1 1f44d|-1 1f44e|pray 1f64f|muscle 1f4aa|clap 1f44f|eyes 1f440
tada 1f389|birthday 1f382|gift 1f381|star 2b50|sparkles 2728|heart 2764-fe0f|sun_with_face 1f31e|sunny 2600-fe0f|cloud 2601-fe0f|rain_cloud 1f327-fe0f|umbrella 2614|snowflake 2744-fe0f|rainbow 1f308|moon 1f314
running 1f3c3|runner 1f3c3|weight_lifter 1f3cb-fe0f|person_in_lotus_position 1f9d8|man-running 1f3c3-200d-2642-fe0f|soccer 26bd|tennis 1f3be|video_game 1f3ae|dog 1f436|cat 1f431|baby 1f476|school 1f3eb|mortar_board 1f393
hourglass 231b|hourglass_flowing_sand 23f3|stopwatch 23f1-fe0f|alarm_clock 23f0|clock1 1f550|clock9 1f558|clock12 1f55b|white_check_mark 2705|heavy_check_mark 2714-fe0f|x 274c|warning 26a0-fe0f|question 2753
movie_camera 1f3a5|camera 1f4f7|tv 1f4fa|speaker 1f508|loudspeaker 1f4e2|mega 1f4e3|email 2709-fe0f|envelope 2709-fe0f|package 1f4e6|moneybag 1f4b0|briefcase 1f4bc|luggage 1f9f3|world_map 1f5fa-fe0f|globe_with_meridians 1f310
shopping_trolley 1f6d2|art 1f3a8|paintbrush 1f58c-fe0f|seedling 1f331|evergreen_tree 1f332|herb 1f33f|cherry_blossom 1f338|jack_o_lantern 1f383|christmas_tree 1f384|ghost 1f47b|robot_face 1f916|technologist 1f9d1-200d-1f4bb
`;

/** Name without colons to code points (`1f3e0`, `2708-fe0f`). */
export const STANDARD_EMOJI: ReadonlyMap<string, string> = new Map(
  TABLE.trim()
    .split(/[|\n]/)
    .map((entry) => entry.split(' '))
    .map(([name = '', unicode = '']) => [name, unicode]),
);
